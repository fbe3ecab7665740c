import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import { followTheme } from './lib/theme';

followTheme();

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element with the id app');

export default mount(App, { target });
