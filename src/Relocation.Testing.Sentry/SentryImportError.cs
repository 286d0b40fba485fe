namespace Relocation.Testing;

/// <summary>One reason why an import was refused, with the record that it is about.</summary>
public sealed record SentryImportError
{
    /// <summary>The kind of reason.</summary>
    public required SentryImportErrorKind Kind { get; init; }

    /// <summary>The record, by its own ordinal; null if the error is not about a model.</summary>
    public InstanceId? On { get; init; }

    /// <summary>The record's own key in the backup, when it is known.</summary>
    public long? LeftPk { get; init; }

    /// <summary>The key in the database, when it is known.</summary>
    public long? RightPk { get; init; }

    /// <summary>What is wrong, and what to do about it.</summary>
    public required string Reason { get; init; }

    /// <summary>Where the record stands in the backup, when it is known.</summary>
    public RecordPlace? Place { get; init; }

    /// <summary>The error as a finding, for a findings file.</summary>
    public Finding ToFinding() => new()
    {
        Name = "RpcImportError",
        Kind = new FindingKind(Kind.ToString()),
        On = On,
        LeftPk = LeftPk is { } left ? RecordKey.From(left) : null,
        RightPk = RightPk is { } right ? RecordKey.From(right) : null,
        Reason = Reason,
        LeftPlace = Place,
    };

    /// <summary>Sentry's own readable form, on several lines.</summary>
    public string ToPretty() => ToFinding().ToPretty();

    /// <summary>The same as <see cref="ToPretty"/>.</summary>
    public override string ToString() => ToPretty();
}
