/* The plain htslib read that our figures are held against: every record parsed, CHROM to ALT unpacked.
 *
 *     cc -O2 -o floor floor.c $(pkg-config --cflags --libs htslib)
 *     floor FILE...
 */
#include <htslib/vcf.h>
#include <stdio.h>

int main(int argc, char **argv) {
    unsigned long records = 0, sum = 0;
    for (int i = 1; i < argc; i++) {
        htsFile *file = hts_open(argv[i], "r");
        bcf_hdr_t *header = file ? bcf_hdr_read(file) : NULL;
        if (!header) {
            fprintf(stderr, "floor: %s cannot be read\n", argv[i]);
            return 66;
        }
        bcf1_t *record = bcf_init();
        while (bcf_read(file, header, record) >= 0) {
            bcf_unpack(record, BCF_UN_STR);
            records++;
            sum += record->pos + record->d.allele[0][0];
        }
        bcf_destroy(record);
        bcf_hdr_destroy(header);
        hts_close(file);
    }
    printf("%lu records, checksum %lu\n", records, sum);
    return 0;
}
