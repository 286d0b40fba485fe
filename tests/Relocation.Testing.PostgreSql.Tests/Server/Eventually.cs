namespace Relocation.Testing.PostgreSql.Tests.Server;

/// <summary>Waits for what other processes do, of which nothing tells us.</summary>
internal static class Eventually
{
    /// <summary>Looks until it holds, for a minute at most.</summary>
    internal static async Task HoldsAsync(Func<Task<bool>> look)
    {
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            if (await look())
            {
                return;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("It did not happen within a minute.");
    }

    internal static Task HoldsAsync(Func<bool> look) => HoldsAsync(() => Task.FromResult(look()));
}
