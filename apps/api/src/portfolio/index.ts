export { PortfolioModule } from './portfolio.module.ts';
