namespace Relocation.Testing.Backups;

/// <summary>Knows files that are no JSON by their first bytes, so that a message can say what was given instead of a backup.</summary>
internal static class ForeignContent
{
    /// <summary>How many bytes are looked at.</summary>
    internal const int Length = 512;

    /// <summary>Text may have the mark there as well; the fields before it, which a tarball fills up with zeros, it does not.</summary>
    private const int TarMarkAt = 257;

    /// <summary>What bytes begin, when it is none that a backup begins with.</summary>
    internal static ForeignKind? KindOf(ReadOnlySpan<byte> start) => start switch
    {
        _ when start.Length >= TarMarkAt + 5 && start[TarMarkAt..].StartsWith("ustar"u8) && start[..TarMarkAt].Contains((byte)0) => ForeignKind.Tarball,
        _ when start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8) => ForeignKind.Zip,
        [0x28, 0xB5, 0x2F, 0xFD, ..] => ForeignKind.Zstandard,
        [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, ..] => ForeignKind.Xz,
        [0x42, 0x5A, 0x68, >= 0x31 and <= 0x39, ..] => ForeignKind.Bzip2,
        [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, ..] => ForeignKind.SevenZip,
        [0x1F, 0x8B, ..] => ForeignKind.GzipTwice,
        _ when start.StartsWith("SQLite format 3"u8) => ForeignKind.SqliteDatabase,
        _ when start.StartsWith("PGDMP"u8) => ForeignKind.PostgreSqlDump,
        _ => null,
    };
}
