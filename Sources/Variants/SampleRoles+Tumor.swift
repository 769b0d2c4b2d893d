extension SampleRoles {
    /// What the header or the column's name says for a column being the tumor's; nil where nothing does.
    public static func tumorClaim(on column: Int, of header: VCFHeader) -> String? {
        let ladder = SampleLadder(file: "", header: header, request: Request(), contrast: nil)
        return (ladder.headerClaims() + ladder.columnClaims())
            .first { $0.column == column && $0.role == .tumor }?.text
    }
}
