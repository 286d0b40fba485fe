using System.Data.Common;

namespace Relocation.Testing;

/// <summary>Why the export of a model was refused.</summary>
public sealed record SentryExportError
{
    /// <summary>The kind of reason.</summary>
    public required SentryExportErrorKind Kind { get; init; }

    /// <summary>The model; null if the error is not about a model.</summary>
    public InstanceId? On { get; init; }

    /// <summary>The record's key, when it is known.</summary>
    public long? LeftPk { get; init; }

    /// <summary>The key on the other side, if there is one.</summary>
    public long? RightPk { get; init; }

    /// <summary>What is wrong, and what to do about it.</summary>
    public required string Reason { get; init; }

    /// <summary>The error of a refused export, in Sentry's words.</summary>
    /// <param name="refused">The refusal.</param>
    public static SentryExportError Of(ExportException refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        return new()
        {
            Kind = refused.InnerException is DbException ? SentryExportErrorKind.DatabaseError : SentryExportErrorKind.Unknown,
            Reason = refused.Message,
        };
    }

    /// <summary>The error of an export that the database failed, in Sentry's words.</summary>
    /// <param name="failed">The failure.</param>
    public static SentryExportError Of(DatabaseException failed)
    {
        ArgumentNullException.ThrowIfNull(failed);
        return new() { Kind = SentryExportErrorKind.DatabaseError, Reason = failed.Message };
    }

    /// <summary>The error as a finding, for a findings file.</summary>
    public Finding ToFinding() => new()
    {
        Name = "RpcExportError",
        Kind = new FindingKind(Kind.ToString()),
        On = On,
        LeftPk = LeftPk is { } left ? RecordKey.From(left) : null,
        RightPk = RightPk is { } right ? RecordKey.From(right) : null,
        Reason = Reason,
    };

    /// <summary>Sentry's own readable form, on several lines.</summary>
    public string ToPretty() => ToFinding().ToPretty();

    /// <summary>The same as <see cref="ToPretty"/>.</summary>
    public override string ToString() => ToPretty();
}
