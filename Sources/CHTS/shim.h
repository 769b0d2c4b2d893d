// The part of htslib that HTS uses. Macros get a `static inline` wrapper here, since Swift cannot see them.
#include <htslib/bgzf.h>
#include <htslib/faidx.h>
#include <htslib/hfile.h>
#include <htslib/hts.h>
#include <htslib/hts_endian.h>
#include <htslib/hts_log.h>
#include <htslib/kstring.h>
#include <htslib/tbx.h>
#include <htslib/vcf.h>

// `hopen` is variadic.
static inline hFILE *chts_hopen(const char *path) { return hopen(path, "r"); }
// `bcf_itr_next` is a macro over hts_itr_next.
static inline int chts_bcf_itr_next(htsFile *file, hts_itr_t *iterator, bcf1_t *record) {
    return bcf_itr_next(file, iterator, record);
}
static inline hts_itr_t *chts_tbx_itr_queryi(tbx_t *index, int contig, hts_pos_t begin, hts_pos_t end) {
    return tbx_itr_queryi(index, contig, begin, end);
}
static inline hts_itr_t *chts_bcf_itr_queryi(hts_idx_t *index, int contig, hts_pos_t begin, hts_pos_t end) {
    return bcf_itr_queryi(index, contig, begin, end);
}
// macros over hts_itr_next and hts_idx_seqnames
static inline int chts_tbx_bgzf_itr_next(BGZF *file, tbx_t *index, hts_itr_t *iterator, kstring_t *line) {
    return tbx_bgzf_itr_next(file, index, iterator, line);
}
static inline const char **chts_bcf_index_names(const hts_idx_t *index, const bcf_hdr_t *header, int *count) {
    return bcf_index_seqnames(index, header, count);
}
// where an index sends a reader for its first record; 0 if there is none
static inline uint64_t chts_first_offset(const hts_itr_t *iterator) {
    return iterator->n_off > 0 ? iterator->off[0].u : 0;
}
// where the last of what an index knows of a stretch ends; 0 if there is nothing
static inline uint64_t chts_last_offset(const hts_itr_t *iterator) {
    return iterator->n_off > 0 ? iterator->off[iterator->n_off - 1].v : 0;
}
// members of nested and bit-field structures of a header and a record
static inline const char *chts_contig_name(const bcf_hdr_t *header, int contig) {
    return header->id[BCF_DT_CTG][contig].key;
}
static inline const char *chts_tag_name(const bcf_hdr_t *header, int tag) {
    return header->id[BCF_DT_ID][tag].key;
}
// whether GT is undeclared or of the type by which htslib takes its values for alleles
static inline int chts_genotype_is_text(const bcf_hdr_t *header) {
    int tag = bcf_hdr_id2int(header, BCF_DT_ID, "GT");
    return tag < 0 || !bcf_hdr_idinfo_exists(header, BCF_HL_FMT, tag)
        || bcf_hdr_id2type(header, BCF_HL_FMT, tag) == BCF_HT_STR;
}
static inline int chts_tag_count(const bcf_hdr_t *header) { return header->n[BCF_DT_ID]; }
static inline int chts_contig_count(const bcf_hdr_t *header) { return header->n[BCF_DT_CTG]; }
static inline int chts_info_count(const bcf1_t *record) { return record->n_info; }
static inline int chts_format_count(const bcf1_t *record) { return record->n_fmt; }
static inline int chts_sample_count(const bcf1_t *record) { return record->n_sample; }
static inline int chts_allele_count(const bcf1_t *record) { return record->n_allele; }
// the numbers before a record's ID, read from a file; 1 if they are there, 0 at its end, below on error
static inline int chts_read_head(BGZF *file, bcf1_t *record) {
    uint8_t head[32];
    ssize_t count = bgzf_read(file, head, sizeof head);
    if (count != sizeof head) return count == 0 ? 0 : -1;
    uint32_t shared = le_to_u32(head), position = le_to_u32(head + 12), counts = le_to_u32(head + 28);
    // The length is that from CHROM on, of which 24 bytes stand in the head.
    if (shared < 24) return -1;
    record->shared.l = shared - 24;
    record->indiv.l = le_to_u32(head + 4);
    record->rid = le_to_i32(head + 8);
    // a telomere's is -1
    record->pos = position == UINT32_MAX ? -1 : position;
    record->rlen = le_to_i32(head + 16);
    record->qual = le_to_float(head + 20);
    record->n_info = le_to_u16(head + 24);
    record->n_allele = le_to_u16(head + 26);
    record->n_sample = counts & 0xffffff;
    // Old writers left fields without samples.
    record->n_fmt = record->indiv.l && record->n_sample ? counts >> 24 : 0;
    record->errcode = 0;
    return 1;
}
static inline int chts_header_sample_count(const bcf_hdr_t *header) { return header->n[BCF_DT_SAMPLE]; }
// what a tag is declared to hold (BCF_HT_...), below 0 where it is not declared; htslib 1.16 does not look for gaps
static inline int chts_tag_type(const bcf_hdr_t *header, int column, int tag) {
    if (tag < 0 || tag >= header->n[BCF_DT_ID] || !header->id[BCF_DT_ID][tag].val) return -1;
    return bcf_hdr_idinfo_exists(header, column, tag) ? (int)bcf_hdr_id2type(header, column, tag) : -1;
}
// one sample's genotype as text
static inline int chts_format_genotype(int count, int type, void *values, kstring_t *text) {
    bcf_fmt_t field = {.n = count, .type = type, .p = (uint8_t *)values};
    return bcf_format_gt(&field, 0, text);
}
// bit fields and a union that hide whether the last BGZF block was the end marker
static inline BGZF *chts_bgzf(htsFile *file) {
    if (file->format.format == bcf) return file->fp.bgzf;
    return file->is_bgzf ? file->fp.bgzf : NULL;
}
static inline int chts_ends_with_marker(BGZF *file) { return file->last_block_eof; }
// a bit field: reading a block failed, though a line that began before it may have been returned
static inline int chts_has_failed(BGZF *file) { return file->errcode != 0; }
static inline int chts_is_plain_gzip(BGZF *file) { return file->is_gzip; }
static inline int chts_record_error(const bcf1_t *record) { return record->errcode; }
// a preset of the tabix index for VCF
static inline int chts_build_tbi(const char *path) { return tbx_index_build(path, 0, &tbx_conf_vcf); }
// `bcf_index_load` is a macro over hts_idx_load.
static inline hts_idx_t *chts_bcf_index_load(const char *path) { return bcf_index_load(path); }
static inline hts_pos_t chts_header_contig_length(const bcf_hdr_t *header, int contig) {
    return header->id[BCF_DT_CTG][contig].val->info[0];
}
// Exchanges two names in one step. The C library declares renameat2 only with _GNU_SOURCE, so the call is made by number.
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>
static inline int chts_exchange(const char *first, const char *second) {
    return (int)syscall(SYS_renameat2, AT_FDCWD, first, AT_FDCWD, second, 2 /* RENAME_EXCHANGE */);
}
// whether whoever started the process chose to ignore a signal, as nohup does; the handler is a union in C
#include <signal.h>
static inline int chts_is_ignored(int number) {
    struct sigaction now;
    return sigaction(number, NULL, &now) == 0 && now.sa_handler == SIG_IGN;
}
// checksums
#include "sha256.h"
