using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Samples.Web;
using Relocation.Testing.Specification.Models.Shop;

var builder = WebApplication.CreateBuilder(args);
if (builder.Environment.IsProduction() && builder.Configuration.GetConnectionString("Shop") is null)
{
    throw new InvalidOperationException("The connection string 'Shop' is missing.");
}

builder.Services.AddDbContextPool<ShopContext>(options => options.UseNpgsql(builder.Configuration.GetConnectionString("Shop")));

// What only the program knows of a context: a service that it takes, and how it is registered.
builder.Services.AddSingleton(new TablePrefix("web_"));
builder.Services.AddDbContext<AccountsContext>(options => options.UseNpgsql(builder.Configuration.GetConnectionString("Accounts")));

var application = builder.Build();
application.MapGet("/reviews/count", (ShopContext shop, CancellationToken cancellationToken) => shop.Reviews.CountAsync(cancellationToken));
application.MapDelete(
    "/reviews/{stars}",
    (short stars, ShopContext shop, CancellationToken cancellationToken) =>
        shop.Reviews.Where(review => review.Stars == stars).ExecuteDeleteAsync(cancellationToken));
await application.RunAsync();
