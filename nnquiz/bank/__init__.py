"""Banks of questions: YAML files in, checked questions and a compiled index out."""
