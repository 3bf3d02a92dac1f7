"""The claims of the model, one small file each; `registry` collects their parameters."""
