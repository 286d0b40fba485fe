namespace Relocation.Testing.Importing;

/// <summary>Carries a driver's refusal of one row from a writer to the importer, which knows the record's place.</summary>
internal sealed class RowRefusedException : Exception
{
    internal RowRefusedException(int? rank, RefusalKind kind, string? constraint, Exception inner)
        : this(inner.Message, rank, kind, constraint, inner)
    {
    }

    /// <summary>For drivers whose own messages may repeat values of the row.</summary>
    internal RowRefusedException(string message, int? rank, RefusalKind kind, string? constraint, Exception? inner)
        : base(message, inner)
    {
        Rank = rank;
        Kind = kind;
        Constraint = constraint;
    }

    /// <summary>The refused row's rank among its model's records (<see cref="RowBatch.Ranks"/>), when the driver tells.</summary>
    internal int? Rank { get; }

    internal RefusalKind Kind { get; }

    /// <summary>The table whose row was refused, where the writer's own table does not say so.</summary>
    internal string? Table { get; init; }

    /// <summary>The constraint's name or the columns it spans, when the driver tells.</summary>
    internal string? Constraint { get; }
}
