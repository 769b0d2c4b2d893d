internal import CHTS

/// htslib's version.
public enum HTSVersion {
    /// The version of the library that is loaded, such as `1.16`.
    public static var string: String {
        // SAFETY: hts_version returns a static, terminated string.
        unsafe String(cString: hts_version())
    }

    /// Stops htslib's own messages on standard error: what went wrong is told by our errors.
    static func silence() {
        hts_set_log_level(HTS_LOG_OFF)
    }
}
