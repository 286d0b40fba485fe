namespace Relocation.Testing.Backups;

/// <summary>What one backup's fields of <see cref="FieldEncoding.JsonText"/> hold, and so how their texts are read.</summary>
/// <param name="asked">What an option says.</param>
internal sealed class JsonTextEvidence(JsonTextReading asked)
{
    /// <summary>Whether a text that is JSON stands for that JSON. Known when the whole backup has been seen.</summary>
    internal bool AreJson => asked switch
    {
        JsonTextReading.AsJson => true,
        JsonTextReading.AsText => false,
        _ => Plain + Values == 0,
    };

    internal bool IsAskedFor => asked != JsonTextReading.ByBackup;

    /// <summary>Texts that hold a JSON string, list or object.</summary>
    internal long InText { get; private set; }

    /// <summary>Texts that hold none of these.</summary>
    internal long Plain { get; private set; }

    /// <summary>Lists and objects that are in no text.</summary>
    internal long Values { get; private set; }

    internal RecordRank? FirstInText { get; private set; }

    internal RecordRank? FirstNewer { get; private set; }

    internal bool IsEmpty => InText + Plain + Values == 0;

    internal void AddInText(ModelLabel model, int rank)
    {
        InText++;
        FirstInText ??= new RecordRank(model, rank);
    }

    internal void AddPlain(ModelLabel model, int rank)
    {
        Plain++;
        FirstNewer ??= new RecordRank(model, rank);
    }

    internal void AddValue(ModelLabel model, int rank)
    {
        Values++;
        FirstNewer ??= new RecordRank(model, rank);
    }

    /// <summary>The evidence for whoever asked.</summary>
    /// <param name="firstInText">Where the first text of the older form stands.</param>
    /// <param name="firstNewer">Where the first value of the newer form stands.</param>
    internal JsonTextReport ToReport(RecordPlace? firstInText, RecordPlace? firstNewer) => new()
    {
        Reading = AreJson ? JsonTextReading.AsJson : JsonTextReading.AsText,
        IsAskedFor = IsAskedFor,
        InText = InText,
        Plain = Plain,
        Values = Values,
        FirstInText = firstInText,
        FirstNewer = firstNewer,
    };
}
