"""The sample's illustrations, drawn as SVG."""
