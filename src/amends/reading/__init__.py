"""Reading: what the customer feels, what happened, what they want, in their own words."""
