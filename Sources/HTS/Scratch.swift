/// Room for numbers that are made anew for each record; it grows and is not given back before the end.
@safe struct Scratch<Part: BitwiseCopyable>: ~Copyable {
    /// Where the parts stand until more room is made; as many as the count.
    @unsafe private(set) var parts: UnsafeMutablePointer<Part>
    private var capacity: Int
    private let blank: Part
    private(set) var count = 0

    /// Empty; new room holds `blank`.
    init(_ blank: Part) {
        self.blank = blank
        capacity = 16
        unsafe parts = .allocate(capacity: capacity)
        unsafe parts.initialize(repeating: blank, count: capacity)
    }

    deinit {
        // SAFETY: owned here and not used after this; numbers need no end.
        unsafe parts.deallocate()
    }

    /// The part at a place below the count.
    subscript(_ index: Int) -> Part {
        @inline(__always) get {
            precondition(index >= 0 && index < count, "no such part")
            // SAFETY: the place lies below the count, which is at most the capacity.
            return unsafe parts[index]
        }
        @inline(__always) set {
            precondition(index >= 0 && index < count, "no such part")
            // SAFETY: as above.
            unsafe parts[index] = newValue
        }
    }

    /// Changes the count; parts below both counts stay, others are of no meaning.
    @inline(__always)
    mutating func resize(to count: Int) {
        if count > capacity { grow(to: count) }
        self.count = count
    }

    /// Appends a part.
    @inline(__always)
    mutating func append(_ part: Part) {
        resize(to: count + 1)
        self[count - 1] = part
    }

    private mutating func grow(to count: Int) {
        let more = max(count, capacity * 2)
        let room = UnsafeMutablePointer<Part>.allocate(capacity: more)
        // SAFETY: both hold as many; the old room is not used after this.
        unsafe room.initialize(from: parts, count: self.capacity)
        unsafe (room + capacity).initialize(repeating: blank, count: more - capacity)
        unsafe parts.deallocate()
        unsafe parts = room
        capacity = more
    }

    /// Appends the parts to `target`.
    func append(to target: inout [Part]) {
        // SAFETY: as many parts lie there.
        unsafe target.append(contentsOf: UnsafeBufferPointer(start: parts, count: count))
    }
}
