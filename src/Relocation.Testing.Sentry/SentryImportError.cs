using System.Globalization;
using System.Text;

namespace Relocation.Testing;

/// <summary>One reason why an import was refused, with the record that it is about.</summary>
public sealed record SentryImportError
{
    /// <summary>What kind of reason it is.</summary>
    public required SentryImportErrorKind Kind { get; init; }

    /// <summary>The record, by its own ordinal; null when the error is about no model.</summary>
    public SentryInstanceId? On { get; init; }

    /// <summary>The record's own key in the backup, when it is known.</summary>
    public long? LeftPk { get; init; }

    /// <summary>The key in the database, when it is known.</summary>
    public long? RightPk { get; init; }

    /// <summary>What is wrong and what to do.</summary>
    public required string Reason { get; init; }

    /// <summary>Where the record stands in the backup, when it is known.</summary>
    public RecordPlace? Place { get; init; }

    /// <summary>Sentry's own form for people, on several lines.</summary>
    public string ToPretty()
    {
        var lines = new List<string> { $"kind: {Kind}" };
        Add("on", On?.ToString());
        Add("left_pk", Number(LeftPk));
        Add("right_pk", Number(RightPk));
        Add("reason", Reason);
        return new StringBuilder("RpcImportError(\n    ").AppendJoin(",\n    ", lines).Append("\n)").ToString();

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                lines.Add($"{name}: {value}");
            }
        }

        static string? Number(long? key) => key is null or 0 ? null : key.Value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The same as <see cref="ToPretty"/>.</summary>
    public override string ToString() => ToPretty();
}
