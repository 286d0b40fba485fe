using Relocation.Testing.Reading;

namespace Relocation.Testing.Naming;

/// <summary>Reads what was touched, and tells it.</summary>
internal static class ChangeReading
{
    internal static async Task<DatabaseChanges> ReadAsync(TestDatabase database, ChangeOptions options, CancellationToken cancellationToken)
    {
        var marks = MarkBook.Of(database);
        var mark = options.Since is { } since ? marks.Find(since) : null;
        var masks = new ValueMasks(database.Model, options);
        var images = await TouchedImages.ReadAsync(database, cancellationToken).ConfigureAwait(false);
        return new ChangeTelling(database, images, mark, masks).Tell();
    }

    internal static async Task MarkAsync(TestDatabase database, string name, CancellationToken cancellationToken)
    {
        var marks = MarkBook.Of(database);
        marks.Set(name, await TouchedImages.ReadAsync(database, cancellationToken).ConfigureAwait(false));
    }
}
