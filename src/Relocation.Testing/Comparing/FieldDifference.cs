using Relocation.Testing.Backups;

namespace Relocation.Testing.Comparing;

/// <summary>Compares as JSON what comparators left of two records (import specification, section 8.5).</summary>
internal static class FieldDifference
{
    internal static void Find(RecordPair pair)
    {
        if (AreSame(pair.Left, pair.Right))
        {
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
