namespace Relocation.Testing.Backups;

/// <summary>Files that are taken for backups by mistake.</summary>
internal enum ForeignKind
{
    /// <summary>A tar archive; encrypted backups are such.</summary>
    Tarball,

    /// <summary>A zip archive.</summary>
    Zip,

    /// <summary>Text compressed by zstd.</summary>
    Zstandard,

    /// <summary>Text compressed by xz.</summary>
    Xz,

    /// <summary>Text compressed by bzip2.</summary>
    Bzip2,

    /// <summary>An archive of 7-Zip.</summary>
    SevenZip,

    /// <summary>Text compressed by gzip within gzip.</summary>
    GzipTwice,

    /// <summary>A database of SQLite.</summary>
    SqliteDatabase,

    /// <summary>A dump of PostgreSQL's own.</summary>
    PostgreSqlDump,
}
