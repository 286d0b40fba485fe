namespace Relocation.Testing;

/// <summary>How a record of a backup found its row (docs/sentry-import.md, section 4.1).</summary>
public enum KeyMappingKind
{
    /// <summary>A new row was written for the record.</summary>
    Inserted,

    /// <summary>The record stands for a row that was there before, and nothing was written.</summary>
    Existing,

    /// <summary>The record's values were written over a row that was there before; the row kept its key.</summary>
    Overwrite,
}
