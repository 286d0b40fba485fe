using Relocation.Testing.Texts;

namespace Relocation.Testing.Comparing.Pairing;

/// <summary>
/// Tells records with the same content apart by what they refer to and what refers to them, then by what those do, and so on: one number for
/// each record and distance, the same on both sides where the surroundings are.
/// </summary>
internal static class Colouring
{
    /// <summary>Nearer surroundings are kept: a change further off must not hide that a record has stayed.</summary>
    private const int Kept = 3;

    private const int Most = 64;

    /// <summary>The numbers of both sides by distance, the nearest first: 0, 1, 2, 3, and the last one that still told records apart.</summary>
    internal static List<(ulong[] Left, ulong[] Right)> Of(SideGraph left, SideGraph right, CancellationToken cancellationToken)
    {
        var levels = new List<(ulong[] Left, ulong[] Right)> { (left.Contents, right.Contents) };
        var last = levels[0];
        var distinct = Distinct(last);
        for (var distance = 1; distance <= Most; distance++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = (Left: Spread(left, last.Left), Right: Spread(right, last.Right));
            var told = Distinct(next);
            if (told == distinct && distance > 1)
            {
                break;
            }

            (last, distinct) = (next, told);
            if (distance <= Kept)
            {
                levels.Add(next);
            }
        }

        if (levels[^1] != last)
        {
            levels.Add(last);
        }

        return levels;
    }

    private static ulong[] Spread(SideGraph side, ulong[] colours)
    {
        var next = new ulong[colours.Length];
        for (var node = 0; node < colours.Length; node++)
        {
            var (from, to) = (0UL, 0UL);
            foreach (var edge in side.From(node))
            {
                unchecked
                {
                    from += Hash.Mix((ulong)edge.Path, colours[edge.Node]);
                }
            }

            foreach (var edge in side.To(node))
            {
                unchecked
                {
                    to += Hash.Mix(~(ulong)edge.Path, colours[edge.Node]);
                }
            }

            next[node] = Hash.Mix(colours[node], Hash.Mix(from, to));
        }

        return next;
    }

    private static int Distinct((ulong[] Left, ulong[] Right) colours)
    {
        var seen = new HashSet<ulong>(colours.Left);
        seen.UnionWith(colours.Right);
        return seen.Count;
    }
}
