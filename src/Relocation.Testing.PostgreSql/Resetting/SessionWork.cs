namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>What a session is doing.</summary>
internal enum SessionWork
{
    /// <summary>A statement runs.</summary>
    Statement,

    /// <summary>Rows are read, and nobody takes more of them.</summary>
    Reader,

    /// <summary>A transaction is open, in which nothing happens.</summary>
    Transaction,
}
