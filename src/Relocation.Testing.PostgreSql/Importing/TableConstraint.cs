namespace Relocation.Testing.Importing;

/// <summary>A foreign key, or another constraint that can be checked at the end of the transaction.</summary>
internal sealed class TableConstraint
{
    internal required TargetTable Table { get; init; }

    internal required string Name { get; init; }

    internal required bool IsForeignKey { get; init; }

    internal required bool IsDeferrable { get; init; }

    internal required bool IsInitiallyDeferred { get; init; }

    /// <summary>Whether we may drop it and can add it again exactly as it was.</summary>
    internal required bool CanBeSetAside { get; init; }

    /// <summary>What follows its name in ALTER TABLE ... ADD CONSTRAINT.</summary>
    internal required string Definition { get; init; }

    internal required string? Comment { get; init; }

    /// <summary>The table referred to.</summary>
    internal required TableName? Target { get; init; }
}
