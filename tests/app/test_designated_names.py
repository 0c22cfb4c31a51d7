"""The search for names without their asterisk finds them wherever a screen can have a text."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from portfolio.partners import designation_text
from tests.app.designated_names import bare_names, foreign_designations, undesignated

PLACES = 14


def _screen() -> None:
    import pandas as pd
    import plotly.graph_objects as go
    import streamlit as st

    st.title("In Kosovo 1")
    st.markdown("[Kosovo 2](https://kosovo.example/kosovo-x) and Kosovo\\*")
    st.caption("the Palestinian side 3")
    st.metric("Palestine 4", "1", help="Palestine*")
    st.metric("Kosovo*", "1", help="Kosovo 5")
    st.selectbox("Kosovo*", ["Kosovo 6", "Kosovo*"])
    st.dataframe(pd.DataFrame({"a": ["Kosovo 7", "Kosovo*"], "b": [["Palestine 8"], ["x"]]}))
    st.dataframe(pd.DataFrame({"a": ["x"]}), column_config={"a": st.column_config.TextColumn("Kosovo 9")})
    st.table(pd.DataFrame({"a": ["Kosovo 10"]}))
    st.plotly_chart(go.Figure(go.Bar(x=[1], y=["Kosovo<br>11"], hovertext=["Palestine*"])))
    with st.popover("KOSOVO 12"):
        st.button("Kosovo 13")
    with st.expander("Kosovo*"):
        st.warning("**Kosovo 14**")
    st.link_button("Kosovo*", "https://example.org/kosovo")


def _proper() -> None:
    import streamlit as st

    from portfolio.partners import designation_text

    with st.expander("Filters"):
        st.selectbox("Partner", ["Kosovo*", "Palestine*"])
        st.caption(designation_text("palestine", "eu"))
    st.markdown("In Kosovo\\*. Source: Kosovo Tabletop Exercise tested key players in the cybersecurity "
                "infrastructure")  # fmt: skip
    st.caption(designation_text("kosovo", "eu"))


def test_every_place_of_a_text_is_searched() -> None:
    found = "\n".join(bare_names(AppTest.from_function(_screen).run()))
    assert [number for number in range(1, PLACES + 1) if f" {number}" not in found] == []
    assert len(found.splitlines()) == PLACES


def test_designation_has_to_stand_beside_the_name_and_in_the_words_of_its_institution() -> None:
    app = AppTest.from_function(_proper).run()
    assert bare_names(app) == []
    # The bar names both and says one; the screen names one and says it.
    assert undesignated(app, "eu") == ["Kosovo*"]
    assert undesignated(app, "coe") == ["Kosovo*", "Palestine*", "Kosovo*"]
    assert foreign_designations(app, "eu") == []
    texts = {designation_text(subject, "eu") for subject in ("kosovo", "palestine")}
    assert set(foreign_designations(app, "coe")) == texts
