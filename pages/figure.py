"""Figure: one figure, of the chosen projects or of one, down to what each of its lines rests on."""

import streamlit as st

from portfolio.ui.figure_panels import asked_figure, render_choices, render_figure, render_list
from portfolio.ui.filters import current_view, render_nothing_chosen

shown = current_view()
figure = asked_figure()
st.title(figure.label if figure else "Figure")
project_key = render_choices(shown, figure)
if figure is None:
    render_list()
elif project_key is not None or not render_nothing_chosen(shown):
    render_figure(shown, figure, project_key)
