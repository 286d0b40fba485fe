using System.Text.Json;
using Relocation.Testing.Comparing.Values;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Comparing;

/// <summary>Compares as JSON what comparators left of two records (docs/sentry-import.md, section 8.5).</summary>
internal static class FieldDifference
{
    internal static void Find(RecordPair pair)
    {
        if (AreSame(pair.Left, pair.Right))
        {
            return;
        }

        if (pair.Shown is { } shown)
        {
            Find(pair, shown, pair.Left.Fields, pair.Right.Fields, string.Empty, pair.Left.ScrubbedFields());
            return;
        }

        var left = CanonicalJson.Write(pair.Left.Fields, pair.Left.ScrubbedFields());
        var right = CanonicalJson.Write(pair.Right.Fields, pair.Right.ScrubbedFields());
        if (left != right)
        {
            var lines = UnifiedDiff.Write(left.Split('\n'), right.Split('\n'));
            pair.Report(FindingKind.UnequalJson, string.Join('\n', lines.Select(line => $"    {line}")));
        }
    }

    /// <summary>Reports each member that differs; within objects, each of theirs.</summary>
    private static void Find(RecordPair pair, ShownValues shown, JsonElement left, JsonElement right, string path, HashSet<string> scrubbed)
    {
        // Looking a member up in an element goes through all of them.
        var (lefts, rights) = (MembersOf(left), MembersOf(right));
        foreach (var name in lefts.Keys.Union(rights.Keys).Order(StringComparer.Ordinal))
        {
            var field = path.Length == 0 ? name : $"{path}.{name}";
            if (scrubbed.Contains(field))
            {
                continue;
            }

            var (isLeft, isRight) = (lefts.TryGetValue(name, out var before), rights.TryGetValue(name, out var after));
            if (isLeft && isRight && before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object)
            {
                Find(pair, shown, before, after, field, scrubbed);
            }
            else if (!isLeft || !isRight || !AreEqual(before, after, field, scrubbed))
            {
                pair.Report(FindingKind.UnequalJson, field, "differs", isLeft ? shown.Of(before) : "nothing", isRight ? shown.Of(after) : "nothing");
            }
        }
    }

    /// <summary>The members of an object; of those of one name the last one.</summary>
    private static Dictionary<string, JsonElement> MembersOf(JsonElement value)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        return members;
    }

    private static bool AreEqual(JsonElement left, JsonElement right, string field, HashSet<string> scrubbed) => CanonicalValue.AreEqual(left, right)
        || (scrubbed.Any(path => path.StartsWith($"{field}.", StringComparison.Ordinal))
            && CanonicalJson.Write(left, scrubbed, field) == CanonicalJson.Write(right, scrubbed, field));

    /// <summary>Whether both have the same members in the same order, byte for byte: true of almost all, and no text is made for it.</summary>
    private static bool AreSame(ComparedRecord left, ComparedRecord right)
    {
        var leftFields = new FieldReader(left.Json);
        var rightFields = new FieldReader(right.Json);
        while (true)
        {
            var (isLeft, isRight) = (leftFields.Read(), rightFields.Read());
            if (!isLeft || !isRight)
            {
                return isLeft == isRight;
            }

            if (!leftFields.Name.SequenceEqual(rightFields.Name))
            {
                return false;
            }

            var isSame = leftFields.Kind == rightFields.Kind && leftFields.Value.SequenceEqual(rightFields.Value);
            if (!isSame && !(left.IsScrubbed(leftFields.Name) && right.IsScrubbed(rightFields.Name)))
            {
                return false;
            }
        }
    }
}
