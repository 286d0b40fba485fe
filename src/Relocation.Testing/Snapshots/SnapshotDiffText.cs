using System.Globalization;
using System.Text;
using Relocation.Testing.Keys;

namespace Relocation.Testing.Snapshots;

/// <summary>The text form of a <see cref="SnapshotDiff"/>; lines end in <c>\n</c>, the last one in nothing.</summary>
internal static class SnapshotDiffText
{
    internal static string Render(SnapshotDiff diff, int mostListed)
    {
        if (diff.IsEmpty)
        {
            return "The pk maps are the same.";
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{diff.Added.Count} added, {diff.Removed.Count} removed, ");
        text.Append(CultureInfo.InvariantCulture, $"{diff.Changed.Count} changed");
        text.Append(CultureInfo.InvariantCulture, $"; {diff.Renumbered.Sum(model => (long)model.Count)} renumbered.");
        AppendSection(text, "Models", diff.Notes, note => note, mostListed);
        AppendSection(text, "Added", diff.Added, Line, mostListed);
        AppendSection(text, "Removed", diff.Removed, Line, mostListed);
        AppendSection(text, "Changed", diff.Changed, Line, mostListed);
        AppendSection(text, "Renumbered", diff.Renumbered, Line, mostListed);
        return text.ToString();
    }

    internal static string Line(SnapshotChange change)
    {
        var buffer = new TextBuffer();
        switch (change.Approved, change.Received)
        {
            case ({ } before, { } after):
                AppendChanged(buffer, change, before, after);
                break;
            case (null, { } added):
                AppendWhole(buffer, added, change.ReceivedReferences);
                break;
            case ({ } removed, null):
                AppendWhole(buffer, removed, change.ApprovedReferences);
                break;
        }

        return buffer.ToString();
    }

    private static string Line(Renumbering renumbering)
    {
        var buffer = new TextBuffer().AppendName(renumbering.Model.Value).Append(": ").Append(renumbering.Count);
        buffer.Append(renumbering.Count == 1 ? " record" : " records");
        if (renumbering is { SmallestShift: { } smallest, LargestShift: { } largest })
        {
            AppendShift(buffer.Append(" by "), smallest);
            if (largest != smallest)
            {
                AppendShift(buffer.Append(" to "), largest);
            }
        }

        return buffer.ToString();
    }

    private static void AppendSection<T>(
        StringBuilder text, string title, IReadOnlyList<T> items, Func<T, string> line, int mostListed)
    {
        if (items.Count == 0)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"\n\n{title}:");
        foreach (var item in items.Take(mostListed))
        {
            text.Append("\n  ").Append(line(item));
        }

        if (items.Count > mostListed)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  and {items.Count - mostListed} more");
        }
    }

    private static void AppendWhole(TextBuffer buffer, KeyMapping mapping, IReadOnlyList<MappedReference> references)
    {
        SnapshotText.AppendMapping(buffer, mapping);
        foreach (var reference in references)
        {
            SnapshotText.AppendReference(buffer, reference);
        }
    }

    private static void AppendChanged(TextBuffer buffer, SnapshotChange change, KeyMapping before, KeyMapping after)
    {
        buffer.AppendName(before.Model.Value).Append(" ").Append(before.Old).Append(":");
        var separator = " ";
        if (before.Kind != after.Kind)
        {
            buffer.Append(separator).Append(SnapshotText.NameOf(before.Kind));
            buffer.Append(" -> ").Append(SnapshotText.NameOf(after.Kind));
            separator = ", ";
        }

        if (before.New != after.New && !MapComparison.IsRenumbered(before, after))
        {
            buffer.Append(separator).Append("new key ").Append(before.New).Append(" -> ").Append(after.New);
            separator = ", ";
        }

        foreach (var (name, was, @is) in ChangedReferences(change))
        {
            buffer.Append(separator).AppendName(name).Append(": ");
            AppendTargets(buffer, was);
            AppendTargets(buffer.Append(" -> "), @is);
            separator = ", ";
        }
    }

    /// <summary>By name, as a reference that leads to several models shows once for each.</summary>
    private static IEnumerable<(string Name, MappedReference[] Was, MappedReference[] Is)> ChangedReferences(
        SnapshotChange change)
    {
        var was = change.ApprovedReferences.ToLookup(reference => reference.Name, StringComparer.Ordinal);
        var now = change.ReceivedReferences.ToLookup(reference => reference.Name, StringComparer.Ordinal);
        return was.Concat(now)
            .Select(group => group.Key)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Where(name => !was[name].SequenceEqual(now[name]))
            .Select(name => (name, was[name].ToArray(), now[name].ToArray()));
    }

    private static void AppendTargets(TextBuffer buffer, MappedReference[] references)
    {
        if (references.Length == 0)
        {
            buffer.Append("none");
        }

        var separator = string.Empty;
        foreach (var reference in references)
        {
            buffer.Append(separator);
            if (reference.Target != default)
            {
                buffer.AppendName(reference.Target.Value).Append("#");
            }

            SnapshotText.AppendTarget(buffer, reference.Target, reference.OldKey);
            separator = " ";
        }
    }

    private static void AppendShift(TextBuffer buffer, long shift) => buffer.Append(shift > 0 ? "+" : string.Empty).Append(shift);
}
