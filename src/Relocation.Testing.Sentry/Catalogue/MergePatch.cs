using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Catalogue;

/// <summary>Applies a JSON merge patch (RFC 7396): nulls in the patch remove members, objects are merged, everything else is replaced.</summary>
internal static class MergePatch
{
    internal static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject inner)
            {
                if (target[name] is not JsonObject existing)
                {
                    existing = [];
                    target[name] = existing;
                }

                Apply(existing, inner);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
