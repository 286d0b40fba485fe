using System.Globalization;
using Relocation.Testing.Keys;

namespace Relocation.Testing;

internal static partial class Errors
{
    internal static KeyNotFoundException ModelNotInMap(ModelLabel model, IReadOnlyList<ModelLabel> models) =>
        models.Count == 0
            ? new KeyNotFoundException($"The pk map holds no model '{model}': it is empty.")
            : new KeyNotFoundException(
                $"The pk map holds no model '{model}'. It holds:{Listed(models.Select(known => known.Value), models.Count)}");

    internal static KeyNotFoundException RecordNotInMap(ModelKeys keys, RecordKey oldKey, KeyOrder order)
    {
        var message = $"The pk map holds no record {Shown(oldKey)} of model '{keys.Model}'.";
        if (keys.Count == 0)
        {
            return new KeyNotFoundException($"{message} No record of that model was imported.");
        }

        var first = keys.Old[order[0]];
        var last = keys.Old[order[order.Count - 1]];
        var held = string.Create(CultureInfo.InvariantCulture, $"{keys.Count} of that model");
        return new KeyNotFoundException(
            $"{message} It holds {held}, with old keys from {Shown(first)} to {Shown(last)}. Ask by the key in the backup.");
    }

    /// <summary>The key, unless it holds text: text keys count as values, and may be personal.</summary>
    private static string Shown(RecordKey key) =>
        key.Parts.Any(part => part.Kind == RecordKeyKind.Text) ? "(a text key)" : key.ToString();
}
