using Relocation.Testing.Generating;

namespace Relocation.Testing.Conditions;

/// <summary>Checks that share fields: each record meets them in one of several ways.</summary>
internal sealed class CheckGroup(IReadOnlyList<Branch> branches, ulong seed)
{
    /// <summary>The way of one record.</summary>
    internal Branch At(long number)
    {
        if (branches.Count == 1)
        {
            return branches[0];
        }

        var first = (int)StableHash.Below(StableHash.At(seed, number), branches.Count);
        for (var step = 0; step < branches.Count; step++)
        {
            var branch = branches[(first + step) % branches.Count];
            if (branch.IsFeasible(number))
            {
                return branch;
            }
        }

        // There are no more records than some way allows, so this is the first record of a model that refers to itself.
        return branches[first];
    }

    /// <summary>How many records can meet the checks, with the models' present numbers.</summary>
    internal long Capacity() => branches.Max(branch => branch.Capacity());
}
