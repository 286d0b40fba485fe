using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

/// <summary>The body of a test that goes on.</summary>
internal static class Outliving
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);

    /// <summary>Writes as long as it can, and fails at once where it sees what another test wrote.</summary>
    internal static async Task WriteAsync(Func<ShopContext> createContext, int number)
    {
        var since = Stopwatch.StartNew();
        while (since.Elapsed < Limit)
        {
            await Task.Delay(10);
            List<string> names;
            try
            {
                await using var context = createContext();
                context.Add(new Tag { Name = $"left by {number} at {since.Elapsed.Ticks}" });
                await context.SaveChangesAsync();
                names = await context.Tags.Select(tag => tag.Name).ToListAsync();
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // The database is gone, as it should be after the test's time.
                continue;
            }

            if (names.Any(name => name.StartsWith("left by", StringComparison.Ordinal) && !name.StartsWith($"left by {number}", StringComparison.Ordinal)))
            {
                throw new InvalidOperationException("It meets another test.");
            }
        }
    }
}
