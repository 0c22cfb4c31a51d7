"""The screens' own parts: the only package that knows Streamlit, besides pages/ and app.py."""
