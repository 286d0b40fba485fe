namespace Relocation.Testing;

/// <summary>What a test database is put back to.</summary>
public enum ResetTo
{
    /// <summary>What the database held when it was made: every row and every key counter.</summary>
    Baseline,

    /// <summary>No rows, and key counters at their start; tables that are kept excepted.</summary>
    Empty,
}
