using System.Globalization;
using System.Text.Json.Serialization;
using Relocation.Testing.Texts;

namespace Relocation.Testing;

/// <summary>Where something stands in a backup.</summary>
public sealed record RecordPlace
{
    /// <summary>The backup's name: for a file, its path as it was given.</summary>
    public required string Backup { get; init; }

    /// <summary>The line, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>The column, from 1, counted in bytes of the decoded UTF-8 text.</summary>
    public required long Column { get; init; }

    /// <summary>A JSON pointer (RFC 6901) to the value, for example <c>/17/fields/owner</c>; empty for the whole text.</summary>
    public required string Pointer { get; init; }

    /// <summary>The record's model, when it is known.</summary>
    public ModelLabel? Model { get; init; }

    /// <summary>The record's key in the backup, when it is known. Text keys count as values: they show only when values were asked for.</summary>
    [JsonPropertyName("pk")]
    public RecordKey? Key { get; init; }

    /// <summary>The record's position among its model's records in the backup, from 1, when it is known.</summary>
    public int? Ordinal { get; init; }

    /// <summary>The place in one line: backup, line, column, pointer, model and key.</summary>
    public override string ToString()
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{ShownText.Line(Backup)}:{Line}:{Column}");
        if (Pointer.Length > 0)
        {
            place += $" {ShownText.Of(Pointer)}";
        }

        return (Model, Key) switch
        {
            ({ } model, { } key) => $"{place} ({model} {key})",
            ({ } model, null) => $"{place} ({model})",
            _ => place,
        };
    }
}
