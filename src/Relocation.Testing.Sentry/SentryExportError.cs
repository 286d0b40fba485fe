using System.Globalization;
using System.Text;

namespace Relocation.Testing;

/// <summary>Why the export of a model was refused.</summary>
public sealed record SentryExportError
{
    /// <summary>What kind of reason it is.</summary>
    public required SentryExportErrorKind Kind { get; init; }

    /// <summary>The model; null when the error is about no model.</summary>
    public SentryInstanceId? On { get; init; }

    /// <summary>The record's key, when it is known.</summary>
    public long? LeftPk { get; init; }

    /// <summary>The key on the other side, when there is one.</summary>
    public long? RightPk { get; init; }

    /// <summary>What is wrong and what to do.</summary>
    public required string Reason { get; init; }

    /// <summary>Sentry's own form for people, on several lines.</summary>
    public string ToPretty()
    {
        var lines = new List<string> { $"kind: {Kind}" };
        Add("on", On?.ToString());
        Add("left_pk", LeftPk?.ToString(CultureInfo.InvariantCulture));
        Add("right_pk", RightPk?.ToString(CultureInfo.InvariantCulture));
        Add("reason", Reason);
        return new StringBuilder("RpcExportError(\n    ").AppendJoin(",\n    ", lines).Append("\n)").ToString();

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                lines.Add($"{name}: {value}");
            }
        }
    }

    /// <summary>The same as <see cref="ToPretty"/>.</summary>
    public override string ToString() => ToPretty();
}
