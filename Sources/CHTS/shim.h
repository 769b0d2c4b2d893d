// The part of htslib that HTS uses. Macros get a `static inline` wrapper here, since Swift cannot see them.
#include <htslib/hts.h>
