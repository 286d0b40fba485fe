using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing.Modeling;

/// <summary>Reads SQL checks, which EF Core keeps out of the model that it runs with.</summary>
internal sealed class CheckReader(DbContext context)
{
    private readonly IModel _model = context.GetService<IDesignTimeModel>().Model;

    internal IReadOnlyDictionary<string, string> Read(IReadOnlyEntityType entity)
    {
        var checks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var check in _model.FindEntityType(entity.Name)?.GetCheckConstraints() ?? [])
        {
            checks[check.Name ?? check.ModelName] = check.Sql;
        }

        return checks;
    }
}
