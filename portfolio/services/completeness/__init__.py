"""What is missing, what contradicts itself and how fresh it is: project by project, with who mends it."""
