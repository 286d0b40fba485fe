using Relocation.Testing.Cli.Failures;

namespace Relocation.Testing.Cli.Output;

/// <summary>Says how texts in JSON fields were read, for people.</summary>
internal static class JsonTextText
{
    internal static string Of(JsonTextReport report)
    {
        var meaning = report.Reading == JsonTextReading.AsJson
            ? "Texts in JSON fields are read as JSON"
            : "Texts in JSON fields are kept as they are";
        var found = $"{ReportText.Count(report.InText, "text")} of an older backup's form, {ReportText.Number(report.Plain + report.Values)} of a newer one's";
        if (report.IsAskedFor)
        {
            return $"{meaning}, as asked for ({found}).";
        }

        return report.IsMixed
            ? $"{meaning}, though the backup has both forms: {found} "
                + $"(first at {PlaceOf(report.FirstInText!)}, and at {PlaceOf(report.FirstNewer!)}). --json-texts decides otherwise."
            : $"{meaning}, as in {(report.InText > 0 ? "older" : "newer")} backups ({found}).";
    }

    private static string PlaceOf(RecordPlace place) => $"line {place.Line}, {place.Pointer}";
}
