using System.Text.Json.Serialization;

namespace Relocation.Testing;

/// <summary>How the texts in a backup's fields of <see cref="FieldEncoding.JsonText"/> were read, and what spoke for it.</summary>
public sealed class JsonTextReport
{
    [JsonConstructor]
    internal JsonTextReport()
    {
    }

    /// <summary>How texts were read: <see cref="JsonTextReading.AsJson"/> or <see cref="JsonTextReading.AsText"/>.</summary>
    public required JsonTextReading Reading { get; init; }

    /// <summary>Whether an option asked for that reading; without, the backup decided.</summary>
    public required bool IsAskedFor { get; init; }

    /// <summary>Whether the backup has values of both forms, so that either reading may be wrong for some.</summary>
    public bool IsMixed => InText > 0 && Plain + Values > 0;

    /// <summary>How many texts hold a JSON string, list or object, as older backups write them.</summary>
    public required long InText { get; init; }

    /// <summary>How many texts hold none of these, as only newer backups have them.</summary>
    public required long Plain { get; init; }

    /// <summary>How many lists and objects are in no text, as only newer backups have them.</summary>
    public required long Values { get; init; }

    /// <summary>Where the first text of an older backup's form stands; null when there is none.</summary>
    public RecordPlace? FirstInText { get; init; }

    /// <summary>Where the first value of a newer backup's form stands; null when there is none.</summary>
    public RecordPlace? FirstNewer { get; init; }
}
