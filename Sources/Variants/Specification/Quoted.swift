/// Bytes in quotes for a message: at most forty characters, without control characters.
func quoted(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes.prefix(160), as: UTF8.self)
    let short = text.prefix(40).map { character in
        character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } ? " " : character
    }
    return "\"\(String(short))\(String(short).utf8.count < bytes.count ? "..." : "")\""
}

/// Text in quotes for a message.
func quoted(_ text: some StringProtocol) -> String { quoted(ArraySlice(Array(text.utf8))) }

/// The name of a key for a message.
func named(_ key: ArraySlice<UInt8>) -> String { String(decoding: key.prefix(40), as: UTF8.self) }
