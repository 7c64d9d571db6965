"""Pages whose text is known and whose OCR is real: what the estimate is calibrated and judged on."""
