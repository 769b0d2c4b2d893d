// Biomarkers
