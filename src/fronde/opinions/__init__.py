"""Second opinions: the field's rival theories as small exact modules, checked against print."""
