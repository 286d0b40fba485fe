using System.Globalization;
using System.Text;

namespace Relocation.Testing.Results;

/// <summary>Writes changes as text: a summary, notes, and each model's records.</summary>
internal static class ChangesText
{
    private const string FormatName = "relocation changes 1";

    internal static string Of(DatabaseChanges changes)
    {
        var text = new StringBuilder(FormatName).Append('\n').Append(Counts(changes.Records) is { Length: > 0 } counts ? counts : "nothing changed").Append('\n');
        foreach (var note in changes.Notes)
        {
            text.Append("note: ").Append(note).Append('\n');
        }

        foreach (var model in changes.Records.GroupBy(record => record.Model))
        {
            text.Append('\n').Append(model.Key).Append(": ").Append(Counts(model)).Append('\n');
            foreach (var line in model.SelectMany(record => record.Lines()))
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString(0, text.Length - 1);
    }

    private static string Counts(IEnumerable<RecordChange> records) => string.Join(", ", records.GroupBy(record => record.Kind)
        .OrderBy(kind => kind.Key).Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Count()} {RecordChange.Word(kind.Key)}")));
}
