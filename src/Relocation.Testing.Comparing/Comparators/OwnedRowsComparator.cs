using System.Globalization;
using System.Text;
using System.Text.Json;
using Relocation.Testing.Comparing.Contracts;
using Relocation.Testing.Comparing.Reports;
using Relocation.Testing.Comparing.Values;

namespace Relocation.Testing.Comparing.Comparators;

/// <summary>
/// Compares objects that a record owns in a table of their own: each value as its field says, references by what they lead to. Rows that have
/// keys of their own have no order.
/// </summary>
internal sealed class OwnedRowsComparator : RecordComparator
{
    private readonly RelocationModel _model;
    private readonly RelocationChild _child;
    private readonly IReadOnlyList<KeyValuePair<string, ModelLabel>> _references;

    internal OwnedRowsComparator(RelocationModel model, RelocationChild child)
        : base([child.Name])
    {
        (_model, _child) = (model, child);
        _references = [.. DefaultComparators.ReferencesIn(model, child.Rows, child.Name + ".")];
    }

    /// <inheritdoc />
    public override string Kind => nameof(OwnedRowsComparator);

    /// <inheritdoc />
    internal override bool IsContent => true;

    /// <summary>Whether the comparator knows all that such rows may hold: references of several fields have a comparator of their own.</summary>
    internal static bool Knows(RelocationChild child) => !child.HoldsKeys
        && child.Rows.References.All(reference => reference.Fields.Count == 1)
        && child.Rows.Children.All(inner => inner.HoldsKeys ? inner.Rows.References[0].Fields.Count == 1 : Knows(inner));

    /// <inheritdoc />
    internal override void WriteContent(Utf8JsonWriter writer, string field, JsonElement value) => WriteRows(writer, value, _child, null);

    /// <inheritdoc />
    internal override IEnumerable<FoundReference> ReferencesOf(ComparedRecord record) => _references.SelectMany(reference => record.ValuesAt(reference.Key)
        .Select(key => new FoundReference(reference.Key, reference.Value, ForeignKeyComparator.KeyOf(key), key.GetRawText())));

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right)
    {
        if (pair.LeftOrdinals is not { } leftOrdinals || pair.RightOrdinals is not { } rightOrdinals)
        {
            throw ComparisonErrors.NoOrdinals();
        }

        if (left.ValueKind != JsonValueKind.Array || right.ValueKind != JsonValueKind.Array)
        {
            if (Form(left, _child, leftOrdinals, WriteRows) != Form(right, _child, rightOrdinals, WriteRows))
            {
                ReportUnequal(pair, field, left.GetRawText(), right.GetRawText());
            }

            return;
        }

        var lefts = left.EnumerateArray().Select(row => Form(row, _child, leftOrdinals, WriteRow)).ToList();
        var rights = right.EnumerateArray().Select(row => Form(row, _child, rightOrdinals, WriteRow)).ToList();
        if (_child.Number is null)
        {
            lefts.Sort(StringComparer.Ordinal);
            rights.Sort(StringComparer.Ordinal);
        }

        if (lefts.SequenceEqual(rights))
        {
            return;
        }

        var (leftsOnly, rightsOnly) = (Beyond(lefts, rights), Beyond(rights, lefts));
        ReportField(
            pair, field, null, null, string.Create(CultureInfo.InvariantCulture, $"the left `{field}` holds {leftsOnly} rows of its own, the right one {rightsOnly}"),
            leftsOnly + rightsOnly == 0 ? "holds its rows in another order"
                : string.Create(CultureInfo.InvariantCulture, $"holds other rows, {leftsOnly} on the left only and {rightsOnly} on the right only"));
    }

    /// <summary>How many of some rows others do not have.</summary>
    private static int Beyond(List<string> rows, List<string> others)
    {
        var there = others.GroupBy(row => row).ToDictionary(group => group.Key, group => group.Count());
        return rows.GroupBy(row => row).Sum(group => Math.Max(0, group.Count() - there.GetValueOrDefault(group.Key)));
    }

    private static string Form(
        JsonElement value, RelocationChild child, OrdinalMap ordinals, Action<Utf8JsonWriter, JsonElement, RelocationChild, OrdinalMap?> write) =>
        Encoding.UTF8.GetString(CanonicalValue.Form(writer => write(writer, value, child, ordinals)).Span);

    private void WriteRows(Utf8JsonWriter writer, JsonElement value, RelocationChild child, OrdinalMap? ordinals)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            WriteRow(writer, value, child, ordinals);
            return;
        }

        var rows = value.EnumerateArray()
            .Select(row => Encoding.UTF8.GetString(CanonicalValue.Form(inner => WriteRow(inner, row, child, ordinals)).Span)).ToList();
        if (child.Number is null)
        {
            rows.Sort(StringComparer.Ordinal);
        }

        writer.WriteStartArray();
        rows.ForEach(row => writer.WriteRawValue(row, skipInputValidation: true));
        writer.WriteEndArray();
    }

    private void WriteRow(Utf8JsonWriter writer, JsonElement row, RelocationChild child, OrdinalMap? ordinals)
    {
        if (row.ValueKind == JsonValueKind.Object && !child.HoldsKeys)
        {
            WriteMembers(writer, row, child, string.Empty, ordinals);
        }
        else if (child.HoldsKeys && row.ValueKind != JsonValueKind.Null)
        {
            WriteReference(writer, row, child.Rows.References[0].Target, ordinals);
        }
        else
        {
            CanonicalValue.Write(writer, row, null);
        }
    }

    private void WriteMembers(Utf8JsonWriter writer, JsonElement holder, RelocationChild child, string path, OrdinalMap? ordinals)
    {
        writer.WriteStartObject();
        foreach (var member in holder.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            var name = path + member.Name;

            // The owner's key is told by where the row stands, and its number by the order; null is the same as absent.
            if (member.Value.ValueKind != JsonValueKind.Null && name != child.Number && !child.OwnerFields.Contains(name))
            {
                writer.WritePropertyName(member.Name);
                WriteMember(writer, member.Value, child, name, ordinals);
            }
        }

        writer.WriteEndObject();
    }

    private void WriteMember(Utf8JsonWriter writer, JsonElement value, RelocationChild child, string name, OrdinalMap? ordinals)
    {
        var field = child.Rows.FindField(name);
        var reference = child.Rows.References.FirstOrDefault(candidate => candidate.TargetFields.Count == 0 && candidate.Fields is [var only] && only == name);
        if (reference is not null && _model.Find(reference.Target) is { } target)
        {
            WriteReference(writer, value, target.Label, ordinals);
        }
        else if (field is null && child.Rows.Children.FirstOrDefault(inner => inner.Name == name) is { } inner)
        {
            WriteRows(writer, value, inner, ordinals);
        }
        else if (field is null && value.ValueKind == JsonValueKind.Object)
        {
            WriteMembers(writer, value, child, $"{name}.", ordinals);
        }
        else
        {
            CanonicalValue.Write(writer, value, field);
        }
    }

    /// <summary>What a reference leads to; what it leads to outside of the backup goes by its key.</summary>
    private static void WriteReference(Utf8JsonWriter writer, JsonElement key, ModelLabel target, OrdinalMap? ordinals)
    {
        if (ordinals is null)
        {
            writer.WriteNullValue();
        }
        else if (ForeignKeyComparator.KeyOf(key) is { } read && ordinals.Find(target, read) is { } ordinal)
        {
            writer.WriteNumberValue(ordinal);
        }
        else
        {
            writer.WriteStringValue(key.GetRawText());
        }
    }
}
