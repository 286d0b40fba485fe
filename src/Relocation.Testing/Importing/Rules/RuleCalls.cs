using System.Data.Common;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Importing.Rules;

/// <summary>Calls rules, so that what the database refuses them is told as their failure.</summary>
internal static class RuleCalls
{
    /// <exception cref="ImportException">The database refused a command of the rule's.</exception>
    internal static async Task RunAsync(object rule, Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (DbException exception)
        {
            throw RuleErrors.RuleFailed(rule.GetType(), exception);
        }
        catch (RowRefusedException refusal)
        {
            throw RuleErrors.RuleFailed(rule.GetType(), refusal.InnerException ?? refusal);
        }
    }
}
