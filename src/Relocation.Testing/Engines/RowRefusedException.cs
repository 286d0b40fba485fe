namespace Relocation.Testing.Engines;

/// <summary>Carries a driver's refusal of one row from a writer to the importer, which knows the record's place.</summary>
internal sealed class RowRefusedException : Exception
{
    /// <param name="message">Why, in words that hold no value of the row; drivers' own messages may.</param>
    /// <param name="rank">The refused row's rank, when the driver tells.</param>
    /// <param name="kind">What kind of rule was broken.</param>
    /// <param name="constraint">The constraint, when the driver tells.</param>
    /// <param name="inner">The driver's exception, if it was the driver that refused.</param>
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
