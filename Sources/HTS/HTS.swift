// HTS
